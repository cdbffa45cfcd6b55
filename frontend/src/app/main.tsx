import "@/shared/ui/styles.css";
import { startI18n } from "@/shared/i18n";
import { applyPreferences } from "@/shared/ui";
import { nextTask } from "./nextTask";

// A weak machine hears nobody while one task runs. So the parts of the start are tasks of their own; the page's links to
// them (vite.config.ts) see to it that they are fetched at the same time all the same.
applyPreferences();
const texts = startI18n();
await import("./routes/root");
await nextTask();
const { startHistory, startRouter } = await import("./router");
await nextTask();
const history = startHistory();
await nextTask();
const router = startRouter(history);
await nextTask();
// The first page and its texts are fetched at the same time as the common texts, not one behind the other.
const firstPage = router.load();
const { draw } = await import("./draw");
await texts;
await firstPage;
await nextTask();
draw(router);
