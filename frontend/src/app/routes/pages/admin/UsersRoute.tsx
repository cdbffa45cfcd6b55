import { getRouteApi, useNavigate } from "@tanstack/react-router";
import { AccountPage } from "@/features/people/AccountPage";
import { AccountsPage } from "@/features/people/AccountsPage";
import { NewAccountPage } from "@/features/people/NewAccountPage";

const user = getRouteApi("/staff/admin/users/$accountId");

export function UsersRoute() {
  return <AccountsPage />;
}

export function NewUserRoute() {
  const navigate = useNavigate();
  return (
    <NewAccountPage
      onMade={(accountId) =>
        void navigate({ to: "/admin/users/$accountId", params: { accountId }, replace: true })
      }
    />
  );
}

export function UserRoute() {
  const { accountId } = user.useParams();
  return <AccountPage accountId={accountId} />;
}
