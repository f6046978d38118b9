import overview from './overview.json'
import shell from './shell.json'
import teams from './teams.json'

export default { ...shell, ...overview, ...teams }
