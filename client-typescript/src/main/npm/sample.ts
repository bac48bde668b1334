// What a plug-in writes against the types: a job from its creation to its result. Compiled by the build, with mistakes that must not compile.
import type { components, operations, paths } from "./skill-runner-api";

type JobRequest = components["schemas"]["JobRequest"];
type JobStatus = components["schemas"]["JobStatus"];
type Problem = components["schemas"]["Problem"];
type Created = paths["/v1/jobs"]["post"]["responses"]["200"]["content"]["application/json"];
type RunFilter = NonNullable<operations["listRuns"]["parameters"]["query"]>;

async function call<T>(method: string, path: string, body?: unknown): Promise<T> {
  const answer = await fetch(path, {
    method,
    headers: { "Content-Type": "application/json" },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!answer.ok) {
    const problem = (await answer.json()) as Problem;
    throw new Error(`${problem.code}: ${problem.detail}`);
  }
  return (await answer.json()) as T;
}

export async function run(skill: string): Promise<Record<string, unknown>> {
  const job: JobRequest = { skill_id: skill, parameter: { limit: 100 }, await_upload: false };
  const created = await call<Created>("POST", "/v1/jobs", job);
  let status: JobStatus;
  do {
    status = await call<JobStatus>("GET", `/v1/jobs/${created.request_id}`);
  } while (status.status === "queued" || status.status === "running");
  if (status.error !== null) {
    throw new Error(`${status.error.code}: ${status.error.message}`);
  }
  type Result = paths["/v1/jobs/{request_id}/result"]["get"]["responses"]["200"]["content"]["application/json"];
  return (await call<Result>("GET", `/v1/jobs/${created.request_id}/result`)).result;
}

export const filter: RunFilter = { status: ["running", "waiting_user"], limit: 10 };

// @ts-expect-error: a skill is required
export const withoutSkill: JobRequest = { engine: "codex" };
// @ts-expect-error: there is no such status
export const unknownStatus: JobStatus["status"] = "sleeping";
// @ts-expect-error: a request has no members of other names
export const misspelt: JobRequest = { skill_id: "demo", parameters: {} };
