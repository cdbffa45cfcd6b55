import { useNavigate } from "@tanstack/react-router";
import { BanksPage } from "@/features/banks/BanksPage";

export function BanksRoute() {
  const navigate = useNavigate();
  return (
    <BanksPage
      onOpen={(bank) => void navigate({ to: "/author/banks/$bankId", params: { bankId: bank.id } })}
    />
  );
}
