package main

import (
	"encoding/json"
	"errors"
	"net/http"
)

// control is the loopback interface through which tests steer the peer; README.md lists the paths.
type control struct {
	peer *peer
	quit func()
}

func newControl(peer *peer, quit func()) http.Handler {
	c := &control{peer, quit}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /state", answer(c.state))
	mux.HandleFunc("GET /places", answer(c.places))
	mux.HandleFunc("GET /calls", answer(c.calls))
	mux.HandleFunc("POST /calls/reset", answer(c.resetCalls))
	mux.HandleFunc("POST /relocate", answer(c.relocate))
	mux.HandleFunc("POST /relocate/step", answer(c.relocateStep))
	mux.HandleFunc("POST /transfers", answer(c.transfers))
	mux.HandleFunc("POST /check", answer(c.check))
	mux.HandleFunc("POST /fault", answer(c.fault))
	mux.HandleFunc("POST /fault/clear", answer(c.clearFaults))
	mux.HandleFunc("POST /lose-answer", answer(c.loseAnswer))
	mux.HandleFunc("POST /http-error", answer(c.httpError))
	mux.HandleFunc("POST /sessions/expire", answer(c.expireSessions))
	mux.HandleFunc("POST /rename", answer(c.rename))
	mux.HandleFunc("POST /use", answer(c.use))
	mux.HandleFunc("POST /destroy", answer(c.destroy))
	mux.HandleFunc("POST /move-by-someone-else", answer(c.moveBySomeoneElse))
	mux.HandleFunc("POST /drs", answer(c.drs))
	mux.HandleFunc("POST /datastore", answer(c.datastore))
	mux.HandleFunc("POST /drop-connections", answer(c.dropConnections))
	mux.HandleFunc("POST /quit", answer(c.quitNow))
	return mux
}

// controlError is answered as {"error": message} with its HTTP status.
type controlError struct {
	status  int
	message string
}

func (e *controlError) Error() string { return e.message }

func badRequest(message string) error { return &controlError{http.StatusBadRequest, message} }
func notFound(message string) error   { return &controlError{http.StatusNotFound, message} }
func conflict(message string) error   { return &controlError{http.StatusConflict, message} }

// answer turns a function from request to value into a handler speaking JSON.
func answer(handle func(*http.Request) (any, error)) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		value, err := handle(r)
		status := http.StatusOK
		if err != nil {
			status = http.StatusInternalServerError
			var known *controlError
			if errors.As(err, &known) {
				status = known.status
			}
			value = map[string]string{"error": err.Error()}
		}
		w.Header().Set("Content-Type", "application/json")
		w.WriteHeader(status)
		_ = json.NewEncoder(w).Encode(value)
	}
}

// decode reads the request's JSON into value, which may hold defaults. Unknown fields are refused, so
// that a misspelt test fails at once.
func decode[T any](r *http.Request, value T) (T, error) {
	decoder := json.NewDecoder(r.Body)
	decoder.DisallowUnknownFields()
	if err := decoder.Decode(&value); err != nil {
		return value, badRequest(err.Error())
	}
	return value, nil
}

func (c *control) calls(*http.Request) (any, error) {
	return c.peer.extension.calls.take(false), nil
}

func (c *control) resetCalls(*http.Request) (any, error) {
	return c.peer.extension.calls.take(true), nil
}

func (c *control) expireSessions(*http.Request) (any, error) {
	return map[string]int{"expired": c.peer.expireSessions()}, nil
}

func (c *control) dropConnections(*http.Request) (any, error) {
	return map[string]int{"dropped": c.peer.front.dropConnections()}, nil
}

func (c *control) quitNow(*http.Request) (any, error) {
	c.quit()
	return map[string]bool{"quitting": true}, nil
}
