import { type ReactNode, useEffect } from "react";
import { prefetchOtherLanguages, useTranslation } from "@/shared/i18n";
import { Banner, Button, EmptyState, ErrorNote, Loading } from "@/shared/ui";
import { prepareAnswerFile } from "./answer-file/prepare";
import { PlayerScreen } from "./PlayerScreen";
import { useBoot } from "./player/usePlayer";

/** Ways out of the exam's page; the app knows where they lead. */
export interface ExamLinks {
  /** To proving who one is. */
  signIn: ReactNode;
  /** To the candidate's list of exams. */
  home: ReactNode;
  /** Goes where `home` leads, when the candidate is done here. */
  leave: () => void;
  /** To the marked attempt. */
  review: ReactNode;
}

/** The page of one attempt, from the lobby to the last screen. Nothing on it navigates by itself. */
export function ExamPage({ attemptId, links }: { attemptId: string; links: ExamLinks }) {
  const { t } = useTranslation("attempt");
  const { state, retry } = useBoot(attemptId);
  // An effect, because it prepares for a time without network: the other language's texts are fetched ahead, and what an
  // answer file needs.
  useEffect(() => {
    if (state.stage !== "ready") return;
    void prefetchOtherLanguages("attempt");
    void prepareAnswerFile();
  }, [state.stage]);
  switch (state.stage) {
    case "loading":
      return <Loading />;
    case "ready":
      return <PlayerScreen player={state.player} links={links} />;
    case "no_ticket":
      return (
        <Middle>
          <EmptyState title={t("boot.noTicket")} action={links.signIn}>
            {t("boot.noTicketLead")}
          </EmptyState>
        </Middle>
      );
    case "another_tab":
      return (
        <Middle>
          <EmptyState
            title={t("takenOver.tab")}
            action={
              <Button look="primary" onClick={() => retry(true)}>
                {t("takenOver.continueHere")}
              </Button>
            }
          >
            {t("takenOver.tabLead")}
          </EmptyState>
        </Middle>
      );
    case "failed":
      return (
        <Middle>
          <h1 className="text-2xl font-semibold">{t("boot.failed")}</h1>
          <ErrorNote error={state.error} onRetry={() => retry()} />
          <Banner live={false}>{t("boot.failedLead")}</Banner>
          <div>{links.home}</div>
        </Middle>
      );
  }
}

function Middle({ children }: { children: ReactNode }) {
  return (
    <main className="mx-auto flex w-full max-w-2xl flex-1 flex-col justify-center gap-4 px-4 py-12">
      {children}
    </main>
  );
}
