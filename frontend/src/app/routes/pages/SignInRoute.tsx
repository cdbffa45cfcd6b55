import { getRouteApi, useRouter } from "@tanstack/react-router";
import { keepAdmission } from "@/features/attempt/admission";
import { SignInPage } from "@/features/sign-in/SignInPage";
import { PlainPage } from "../../shell/PlainPage";

const route = getRouteApi("/sign-in");

export function SignInRoute() {
  const router = useRouter();
  const { next } = route.useSearch();
  return (
    <PlainPage>
      <SignInPage
        onSignedIn={() => router.history.push(next ?? "/")}
        onAdmitted={(admission) =>
          void keepAdmission(admission).then(() =>
            router.navigate({
              to: "/exam/$attemptId",
              params: { attemptId: admission.attempt_id },
            }),
          )
        }
      />
    </PlainPage>
  );
}
