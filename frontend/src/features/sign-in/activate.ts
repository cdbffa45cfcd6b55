import { anonymousApi, beginSession, type SignedIn, take } from "@/shared/api";

/** Sets a password with a one-time code from the exam office, and signs the person in. */
export async function activate(request: {
  username: string;
  code: string;
  new_password: string;
}): Promise<SignedIn> {
  const signedIn = await take(anonymousApi.POST("/api/v1/auth/activate", { body: request }));
  beginSession(signedIn);
  return signedIn;
}
