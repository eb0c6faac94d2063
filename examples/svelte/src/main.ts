import { mount } from "svelte";
import "storefront-account/svelte";
import "storefront-account/account.css";
import App from "./App.svelte";

const target = document.getElementById("app");
if (target) mount(App, { target });
