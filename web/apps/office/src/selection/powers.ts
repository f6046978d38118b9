import type { Me, SelectionOverview } from '@jieli/api'
import type { Powers } from './frame'

const offices = ['province_office', 'city_office', 'county_office']
/** Says whether the account is that of an office from the county up. */
export const isOffice = (me: Me | undefined): boolean => me !== undefined && offices.includes(me.role)

const none: Powers = { run: false, manage: false, nominate: false, writeNeeds: false, office: false, nominees: false }

/** What a page offers to the account; the server decides. Nothing changes after the lock. */
export function powersOf(me: Me | undefined, at: SelectionOverview | undefined): Powers {
  if (!me || !at) return none
  const office = isOffice(me)
  const unit = String(me.role) === 'unit_office'
  const open = at.selection.status === 'open'
  return {
    run: open && office && at.runs,
    manage: open && office,
    nominate: open && (office || unit),
    writeNeeds: open && (office || me.role === 'township_office'),
    office,
    nominees: office || unit,
  }
}
