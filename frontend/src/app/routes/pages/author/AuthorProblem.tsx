import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { ErrorNote } from "@/shared/ui";

/** A page that couldn't be fetched, inside the frame that stays. */
export function AuthorProblem({ error }: ErrorComponentProps) {
  const router = useRouter();
  return <ErrorNote error={error as Error} onRetry={() => void router.invalidate()} />;
}
