import { createApp } from "vue";
import "storefront-account/vue";
import "storefront-account/account.css";
import App from "./App.vue";

createApp(App).mount("#app");
