import type { Dossier } from '@jieli/api'

/** One thing that happened to a nomination; `what` is a message key's end, `detail` what it was about. */
export interface Step {
  at: string
  by: string
  what: 'nominated' | 'checked' | 'judged' | 'cleared' | 'talked' | 'decided' | 'objected' | 'answered'
  detail: string
}

/** What the file tells of the nomination's course, the oldest first. */
export function historyOf({ nominee: n, judgements, clearances, interviews, objections }: Dossier): Step[] {
  const label = (rule: string) => n.checks.find((c) => c.rule === rule)?.label ?? rule
  const steps: Step[] = [
    { at: n.nominated_at, by: n.nominated_by, what: 'nominated', detail: n.reason },
    ...dated(n.checked_at, { by: n.checked_by, what: 'checked', detail: '' }),
    ...judgements.map((j): Step => ({ at: j.at, by: j.by, what: 'judged', detail: label(j.rule) })),
    ...clearances.map((c): Step => ({ at: c.at, by: c.by, what: 'cleared', detail: c.label })),
    ...interviews.map((i): Step => ({ at: i.at, by: i.by, what: 'talked', detail: i.interviewers })),
    ...dated(n.decided_at, { by: n.decided_by, what: 'decided', detail: n.outcome_why }),
    ...objections.map((o): Step => ({ at: o.recorded_at, by: o.recorded_by, what: 'objected', detail: o.from })),
    ...objections.flatMap((o) => dated(o.decided_at, { by: o.decided_by, what: 'answered', detail: o.decision })),
  ]
  return steps.sort((a, b) => Date.parse(a.at) - Date.parse(b.at))
}

function dated(at: string | null, step: Omit<Step, 'at'>): Step[] {
  return at === null ? [] : [{ at, ...step }]
}
