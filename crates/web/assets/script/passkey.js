// Passkeys: the browser is asked to sign in, or to make a new one. Without this script, or where
// the browser knows no passkeys, the forms for it stay hidden and name and password do.

const bytes = (text) => Uint8Array.from(atob(text.replaceAll("-", "+").replaceAll("_", "/")), (c) => c.charCodeAt(0));
const text = (buffer) => btoa(String.fromCharCode(...new Uint8Array(buffer)))
  .replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");

async function post(path, body) {
  const answer = await fetch(path, {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify(body ?? {}),
  });
  const json = await answer.json().catch(() => ({}));
  if (!answer.ok) throw new Error(json.failed ?? `${answer.status}`);
  return json;
}

async function signIn(form) {
  const asked = await post("/passkey/ask");
  const given = await navigator.credentials.get({
    publicKey: { ...asked, challenge: bytes(asked.challenge) },
  });
  await post("/passkey/answer", {
    challenge: asked.challenge,
    id: text(given.rawId),
    client: text(given.response.clientDataJSON),
    authenticator: text(given.response.authenticatorData),
    signature: text(given.response.signature),
  });
  location.assign(form.dataset.back || "/");
}

async function register(form) {
  const asked = await post("/settings/passkeys/ask", { password: form.elements.old.value });
  const made = await navigator.credentials.create({
    publicKey: {
      ...asked,
      challenge: bytes(asked.challenge),
      user: { ...asked.user, id: bytes(asked.user.id) },
      excludeCredentials: asked.excludeCredentials.map((one) => ({ ...one, id: bytes(one.id) })),
    },
  });
  await post("/settings/passkeys", {
    challenge: asked.challenge,
    name: form.elements.name.value,
    client: text(made.response.clientDataJSON),
    attestation: text(made.response.attestationObject),
  });
  location.assign("/settings");
}

function offer(form, act) {
  if (!window.PublicKeyCredential || !navigator.credentials) return;
  form.hidden = false;
  const failed = form.querySelector("[data-passkey-failed]");
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    failed.hidden = true;
    try {
      await act(form);
    } catch (error) {
      failed.textContent = error.message;
      failed.hidden = false;
    }
  });
}

for (const form of document.querySelectorAll("form[data-passkey=sign-in]")) offer(form, signIn);
for (const form of document.querySelectorAll("[data-passkey-form]")) offer(form, register);
