// Two helps and no more: a form that is being sent is not sent twice, and a page that waits looks again. Pages work without them.
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

// A page that waits for work in the background looks again by itself; without this, a link does.
const WATCH_MS = 2000;

async function look(part) {
  try {
    const answer = await fetch(location.href, { headers: { Accept: "text/html" } });
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page.querySelector("[data-watch]");
    if (!now) return location.reload();
    part.replaceChildren(...now.childNodes);
  } catch {
    // away from the network: look again later
  }
  setTimeout(look, WATCH_MS, part);
}

for (const part of document.querySelectorAll("[data-watch]")) setTimeout(look, WATCH_MS, part);
