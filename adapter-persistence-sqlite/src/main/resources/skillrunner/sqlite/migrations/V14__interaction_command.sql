-- What the engine itself told that it was about to run when it asked; never taken from the agent's words.
ALTER TABLE run_interactions ADD COLUMN command TEXT;
