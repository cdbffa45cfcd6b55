import { anonymousApi, beginSession, type SignedIn, take } from "@/shared/api";

/** Signs a person in with a password; from then on the page carries their session. */
export async function signIn(credentials: {
  username: string;
  password: string;
}): Promise<SignedIn> {
  const signedIn = await take(anonymousApi.POST("/api/v1/auth/login", { body: credentials }));
  beginSession(signedIn);
  return signedIn;
}
