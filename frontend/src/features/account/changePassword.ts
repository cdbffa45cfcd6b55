import { api, take } from "@/shared/api";

export function changePassword(current: string, next: string): Promise<undefined> {
  return take(
    api.POST("/api/v1/auth/me/password", {
      body: { current_password: current, new_password: next },
    }),
  );
}
