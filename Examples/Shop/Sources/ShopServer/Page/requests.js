// Requests to the shop, and what to say when they fail.

// `kind` is "unreachable" or the code of the answer; `wait` is in seconds, for a shop that is busy.
class Failure extends Error {
  constructor(kind, message, wait = null) {
    super(message);
    this.kind = kind;
    this.wait = wait;
  }
}

// The seconds that an answer asks to wait, within reason.
const waitOf = (status, header) => {
  if (status !== 503 && status !== 429) return null;
  const seconds = Number(header ?? 2);
  return Number.isFinite(seconds) ? Math.min(Math.max(Math.ceil(seconds), 1), 30) : 5;
};

const ask = async (address, options = {}) => {
  let response;
  let answer = null;
  try {
    response = await fetch(address, options);
    answer = await response.json().catch((error) => {
      if (error.name === "AbortError") throw error;
      return null;
    });
  } catch (error) {
    if (error.name === "AbortError") throw error;
    const place = navigator.onLine === false ? "You are offline." : "The shop cannot be reached.";
    throw new Failure("unreachable", `${place} Check the connection, then try again.`);
  }
  if (response.ok && answer !== null) return answer;
  const { code, message } = answer?.error ?? {};
  throw new Failure(
    code ?? String(response.status),
    message ?? `The shop answered with status ${response.status}.`,
    waitOf(response.status, response.headers.get("Retry-After")),
  );
};

const askJSON = (address, body, signal) => ask(address, {
  method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body), signal,
});

const productAddress = (id, rest = "") => `/products/${encodeURIComponent(id)}${rest}`;

// Filters with more parameters of the API, as a query.
const parameters = (filters, more) => {
  const query = queryOf(filters);
  for (const [name, value] of Object.entries(more)) query.set(name, value);
  return `?${query}`;
};
