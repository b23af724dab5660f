// The queue: the same cards and keys, without a text beside them.

import { ready } from "./desk.js";

ready({});
