import { useSuspenseQuery } from "@tanstack/react-query";
import { getRouteApi, Outlet, useSearch } from "@tanstack/react-router";
import { BankHeader } from "@/features/banks/BankHeader";
import { BankPage } from "@/features/banks/BankPage";
import { StimuliPage } from "@/features/banks/stimuli/StimuliPage";
import type { Bank } from "@/shared/api";
import { bankQuery } from "@/shared/authoring/requests/readBank";

const route = getRouteApi("/staff/author/banks/$bankId");
const questions = getRouteApi("/staff/author/banks/$bankId/");

/** The bank of the address; it was fetched before the page was drawn. */
export function useBank(): Bank {
  const { bankId } = route.useParams();
  return useSuspenseQuery(bankQuery(bankId)).data;
}

export function BankRoute() {
  const { category } = useSearch({ strict: false });
  return (
    <>
      <BankHeader bank={useBank()} category={category} />
      <Outlet />
    </>
  );
}

export function BankQuestionsRoute() {
  const bank = useBank();
  const filter = questions.useSearch();
  const navigate = questions.useNavigate();
  return (
    <BankPage
      // Another bank is another page: what was selected in the last one isn't meant.
      key={bank.id}
      bank={bank}
      filter={filter}
      onFilter={(next) => void navigate({ search: next, replace: true })}
    />
  );
}

export function BankStimuliRoute() {
  return <StimuliPage bank={useBank()} />;
}
