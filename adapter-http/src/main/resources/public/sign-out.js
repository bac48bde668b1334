// Signs an engine out on this server, after its user has said so twice.
import { asker } from './api.js';
import { refusalOf } from './sign-in-rules.js';
import { toast } from './toast.js';

const { texts } = JSON.parse(document.getElementById('auth-data').textContent);
const ask = asker(texts.away);

document.addEventListener('click', async (event) => {
  const button = event.target.closest('[data-signs-out]');
  if (!button) return;
  try {
    await ask(`/v1/engines/${button.dataset.signsOut}/auth`, { method: 'DELETE' });
    toast(texts['out.done']);
  } catch (error) {
    toast(refusalOf(error, texts));
  }
  document.body.dispatchEvent(new CustomEvent('engines-changed'));
});
