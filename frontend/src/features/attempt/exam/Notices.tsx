import { useProblemText } from "@/shared/api";
import { useTranslation } from "@/shared/i18n";
import { clock, moment } from "@/shared/time";
import { Banner, Button } from "@/shared/ui";
import { AnswerFileButton } from "../answer-file/AnswerFileButton";
import { neighbour, whereabouts } from "../player/navigation";
import type { Player } from "../player/Player";
import type { PlayerState } from "../player/state";
import { NotCountedNotice } from "./NotCountedNotice";
import { questionNumbers } from "./questionNumbers";

/** What is out of the ordinary, in whole sentences, above the question; nothing when all is well. */
export function Notices({
  player,
  state,
  timeUp,
  sectionOver,
}: {
  player: Player;
  state: PlayerState;
  timeUp: boolean;
  sectionOver: boolean;
}) {
  const { t, i18n } = useTranslation("attempt");
  const problemText = useProblemText();
  const { attempt, saves, reachable } = state;
  const offline = state.name === "offline";
  const time = (instant: string) =>
    moment(instant, i18n.language, { timeZone: attempt.time_zone, style: "time" });
  const at = whereabouts(state);
  const following = at && neighbour(at, 1, clock.now());
  const notices = [
    timeUp && offline && (
      <Banner
        key="late"
        tone="warn"
        title={t("notice.overOffline")}
        actions={<AnswerFileButton player={player} state={state} timeUp />}
      >
        {t("notice.overOfflineLead", { time: time(attempt.deadline ?? attempt.window_ends_at) })}
      </Banner>
    ),
    timeUp && !offline && (
      <Banner key="over" title={t("notice.over")}>
        {t("notice.overLead")}
      </Banner>
    ),
    sectionOver && !timeUp && (
      <Banner
        key="section"
        title={t("notice.sectionOver")}
        actions={
          following && (
            <Button size="sm" onClick={() => player.goTo(following.id)}>
              {t("step.nextSection")}
            </Button>
          )
        }
      >
        {t("notice.sectionOverLead")}
      </Banner>
    ),
    !timeUp && (saves.trouble === "offline" || (!reachable && saves.trouble === null)) && (
      <Banner
        key="offline"
        tone="warn"
        title={t("notice.offline")}
        actions={<AnswerFileButton player={player} state={state} timeUp={false} />}
      >
        {saves.onDevice && state.files.every((file) => file.onDevice)
          ? t("notice.offlineLead")
          : t("notice.hereOnly")}
      </Banner>
    ),
    saves.trouble === "busy" && (
      <Banner key="busy" tone="warn" title={t("notice.busy")}>
        {saves.onDevice ? t("notice.busyLead") : t("notice.hereOnly")}
      </Banner>
    ),
    saves.trouble === "refused" && (
      <Banner key="refused" tone="danger" title={t("notice.refused")}>
        {saves.onDevice ? t("notice.refusedLead") : t("notice.hereOnly")}
      </Banner>
    ),
    ...state.files
      // At its question it is said beside the file.
      .filter(({ refused, question }) => refused !== null && question !== state.place.current)
      .map(({ id, question, name, refused, isHere }) => (
        <Banner
          key={id}
          tone="danger"
          title={t("notice.fileRefused", {
            name,
            question: questionNumbers(state, [question], i18n.language),
          })}
          actions={
            <>
              {isHere && (
                <Button size="sm" onClick={() => player.retryFile(id)}>
                  {t("files.again")}
                </Button>
              )}
              <Button size="sm" look="quiet" onClick={() => player.removeFile(question, id)}>
                {t("files.takeOut")}
              </Button>
            </>
          }
        >
          {problemText(refused)} {t("notice.fileRefusedLead")}
        </Banner>
      )),
    saves.passedOver.length > 0 && (
      <Banner
        key="passedOver"
        tone="warn"
        title={t("notice.passedOver", {
          count: saves.passedOver.length,
          questions: questionNumbers(state, saves.passedOver, i18n.language),
        })}
      >
        {t("notice.passedOverLead")}
      </Banner>
    ),
    state.notCounted.length > 0 && <NotCountedNotice key="notCounted" state={state} />,
    !saves.onDevice && saves.trouble === null && (
      <Banner key="device" tone="warn" title={t("notice.noDevice")}>
        {t("notice.noDeviceLead")}
      </Banner>
    ),
  ].filter(Boolean);
  if (notices.length === 0) return null;
  return <div className="flex flex-col gap-2 px-4 pt-4 sm:px-8">{notices}</div>;
}
