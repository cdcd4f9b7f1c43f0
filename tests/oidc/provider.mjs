// A certified OpenID provider (npm: oidc-provider) with one client and a person who logs in by herself.
// Reads {port, client_id, redirect_uri, jwks} from stdin; POST /control sets who is logging in and how strongly.
import { createServer } from "node:http";
import { Provider } from "oidc-provider";

const text = async (stream) => {
  let all = "";
  for await (const part of stream) all += part;
  return all;
};
const given = JSON.parse(await text(process.stdin));
const issuer = `http://localhost:${given.port}`;
let person = { sub: "kari-at-work", acr: "high", claims: { tid: "tenant-gjovik", email: "kari@gjovik.example" } };

const provider = new Provider(issuer, {
  clients: [
    {
      client_id: given.client_id,
      token_endpoint_auth_method: "private_key_jwt",
      token_endpoint_auth_signing_alg: "RS256",
      jwks: given.jwks,
      redirect_uris: [given.redirect_uri],
      post_logout_redirect_uris: [given.after],
      backchannel_logout_uri: given.back_channel,
      grant_types: ["authorization_code"],
      response_types: ["code"],
    },
  ],
  acrValues: ["high", "low"],
  claims: { openid: ["sub", "tid", "email", "acr"], acr: null },
  conformIdTokenClaims: false,
  features: {
    devInteractions: { enabled: false },
    rpInitiatedLogout: { enabled: true },
    backchannelLogout: { enabled: true },
  },
  fetch: async () => new Response("", { status: 200 }), // nobody listens at our address in the tests
  findAccount: (ctx, sub) => ({ accountId: sub, claims: () => ({ sub, ...person.claims }) }),
  interactions: { url: (ctx, interaction) => `/me/${interaction.uid}` },
  pkce: { required: () => true },
  ttl: { Session: 3600, Grant: 3600, Interaction: 600, IdToken: 300, AccessToken: 300 },
});

async function logIn(request, response) {
  const { prompt, params } = await provider.interactionDetails(request, response);
  if (person.refuses) {
    return provider.interactionFinished(request, response, { error: "access_denied" }, { mergeWithLastSubmission: false });
  }
  if (prompt.name === "login") {
    const login = { accountId: person.sub, acr: person.acr, remember: true };
    return provider.interactionFinished(request, response, { login }, { mergeWithLastSubmission: false });
  }
  const grant = new provider.Grant({ accountId: person.sub, clientId: params.client_id });
  grant.addOIDCScope("openid");
  grant.addOIDCClaims(["tid", "email", "acr"]);
  return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } });
}

createServer(async (request, response) => {
  if (request.url === "/control") {
    person = { ...person, ...JSON.parse(await text(request)) };
    response.end();
  } else if (request.url.startsWith("/me/")) {
    await logIn(request, response).catch((error) => response.writeHead(500).end(String(error)));
  } else provider.callback()(request, response);
}).listen(given.port, "127.0.0.1", () => console.log("ready"));
