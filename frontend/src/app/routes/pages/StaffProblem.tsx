import { type ErrorComponentProps, useRouter } from "@tanstack/react-router";
import { ErrorNote } from "@/shared/ui";

/** A page that couldn't be fetched, inside the frame that stays. */
export function StaffProblem({ error }: ErrorComponentProps) {
  const router = useRouter();
  return (
    <>
      <h1 tabIndex={-1} className="sr-only">
        {document.title}
      </h1>
      <ErrorNote
        error={error instanceof Error ? error : new Error(String(error))}
        onRetry={() => void router.invalidate()}
      />
    </>
  );
}
