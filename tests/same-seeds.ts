// The everyday run tries the same inputs every time: what fails there was broken by whoever changed
// something. The long run (npm run test:long) goes without this and looks further each time; an input
// that it finds is kept as an example beside its property.
import * as fc from 'fast-check';

fc.configureGlobal({ seed: 20_261_122 });
