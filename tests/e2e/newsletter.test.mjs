// A store that has the newsletter ticked, and one that does not offer it: the store decides.

import { assert, suite } from "./support.mjs";
import { control, open } from "./form.mjs";

const journey = suite({ settings: { newsletter: { checked_by_default: true } } });

journey("the newsletter is ticked where the store has it ticked, and can be taken back", async ({ page }) => {
  await open(page);
  const box = control(page, "newsletter");
  assert.equal(await box.isChecked(), true);
  await box.uncheck();
  assert.equal(await box.isChecked(), false);
});
