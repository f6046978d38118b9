import divisions from './divisions.json'
import imports from './imports.json'
import overview from './overview.json'
import policy from './policy.json'
import registry from './registry.json'
import selection from './selection.json'
import shell from './shell.json'
import teams from './teams.json'

export default { ...divisions, ...imports, ...policy, ...registry, ...selection, ...shell, ...overview, ...teams }
