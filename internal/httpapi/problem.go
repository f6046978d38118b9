package httpapi

// Problem is an error on the wire, by RFC 9457. Code is the message key, stable for programs; Detail says it in the
// caller's language.
type Problem struct {
	Type      string    `json:"type" doc:"Always about:blank: Code tells problems apart" example:"about:blank"`
	Title     string    `json:"title" doc:"The status in words"`
	Status    int       `json:"status"`
	Code      string    `json:"code" doc:"Message key" example:"plan.not_found"`
	Detail    string    `json:"detail" doc:"What is wrong, in the caller's language"`
	RequestID string    `json:"request_id,omitempty" doc:"Names the request in the server's log"`
	Errors    []Located `json:"errors,omitempty" nullable:"false" doc:"Each fault and where it lies"`
}

// Located is one fault of a request and where it lies, such as "body.username" or "query.limit".
type Located struct {
	Code     string `json:"code" doc:"Message key"`
	Detail   string `json:"detail" doc:"What is wrong, in the caller's language"`
	Location string `json:"location"`
}
