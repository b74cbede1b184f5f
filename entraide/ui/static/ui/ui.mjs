// One help and no more: a form that is being sent is not sent twice. Pages work without it.
const REST_MS = 8000; // after a download the page stays, and its button must come back

function release(form) {
  delete form.dataset.sent;
  for (const button of form.querySelectorAll("[type=submit], button:not([type])")) button.removeAttribute("aria-disabled");
}

document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.method !== "post" || event.defaultPrevented) return;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "yes";
  // aria-disabled, not disabled: a disabled button would not send its own name and value.
  event.submitter?.setAttribute("aria-disabled", "true");
  setTimeout(() => release(form), REST_MS);
});

// The browser's back button may bring the page back as it was left.
window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach(release));
