// Whatever devices, network and server do: nothing saved is lost, and all read the same.
import { simulateHalf } from './many.ts';

simulateHalf(1);
