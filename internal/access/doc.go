// Package access decides who may do what where. Its decisions are pure functions of actor, action and target scope;
// they deny whatever the table does not expressly allow, and always give a reason.
//
// Where somebody may act is a half-open range of division codes ([domain.Scope]): their own division and all below it.
// What they may do there depends on their role. Both must agree.
package access
