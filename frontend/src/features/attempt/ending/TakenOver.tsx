import { useMutation } from "@tanstack/react-query";
import { MonitorSmartphone } from "lucide-react";
import { useProblemText } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { Banner, Button, EmptyState } from "@/shared/ui";
import type { Player } from "../player/Player";
import type { PlayerState } from "../player/state";

/** The exam is open somewhere else; it can be brought here. */
export function TakenOver({ player, state }: { player: Player; state: PlayerState }) {
  const { t } = useTranslation("attempt");
  const problemText = useProblemText();
  const bring = useMutation({ mutationFn: () => player.takeBack() });
  const tab = state.writer === "another_tab";
  return (
    <main className="mx-auto flex w-full max-w-2xl flex-1 flex-col justify-center gap-4 px-4 py-12">
      <h1 tabIndex={-1} className="sr-only">
        {tab ? t("takenOver.tab") : t("takenOver.device")}
      </h1>
      <EmptyState
        icon={<MonitorSmartphone />}
        title={tab ? t("takenOver.tab") : t("takenOver.device")}
        action={
          <Button look="primary" busy={bring.isPending} onClick={() => bring.mutate()}>
            {t("takenOver.continueHere")}
          </Button>
        }
      >
        {tab ? t("takenOver.tabLead") : t("takenOver.deviceLead")}
      </EmptyState>
      {bring.error && <Banner tone="danger">{problemText(bring.error)}</Banner>}
      {state.saves.waiting > 0 && (
        <Banner tone="warn">{t("takenOver.waiting", { count: state.saves.waiting })}</Banner>
      )}
    </main>
  );
}
