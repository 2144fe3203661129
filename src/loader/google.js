// What Google's consent mode is told before anything of Google's can run: everything is denied. Updates are the module's.

import { layered } from "kelisim/page";
import { attempt } from "./document.js";

const DENIED = {
  ad_storage: "denied",
  ad_user_data: "denied",
  ad_personalization: "denied",
  analytics_storage: "denied",
  functionality_storage: "denied",
  personalization_storage: "denied",
  security_storage: "granted",
};

export const denyByDefault = (layer) => attempt(() => layered(layer)("consent", "default", DENIED));
