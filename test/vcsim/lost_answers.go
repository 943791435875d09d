package main

import (
	"bytes"
	"io"
	"net/http"
	"regexp"
	"sync"
)

// lostAnswerBody says whose answers get lost on their way, although the work was done.
type lostAnswerBody struct {
	// Method is the call, ImportVApp for example.
	Method string `json:"method"`
	// Count is how many of its answers are lost.
	Count int `json:"count"`
	// Hang lets the client wait for ever; otherwise its connection is cut.
	Hang bool `json:"hang"`
}

// lostAnswers are the answers still to be lost, by method.
type lostAnswers struct {
	mu      sync.Mutex
	pending map[string]lostAnswerBody
}

func newLostAnswers() *lostAnswers {
	return &lostAnswers{pending: make(map[string]lostAnswerBody)}
}

func (l *lostAnswers) add(rule lostAnswerBody) {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.pending[rule.Method] = rule
}

func (l *lostAnswers) clear() {
	l.mu.Lock()
	defer l.mu.Unlock()
	clear(l.pending)
}

// take finds the rule for a call, and uses it up.
func (l *lostAnswers) take(method string) (lostAnswerBody, bool) {
	l.mu.Lock()
	defer l.mu.Unlock()
	rule, ok := l.pending[method]
	if !ok {
		return rule, false
	}
	rule.Count--
	l.pending[method] = rule
	if rule.Count == 0 {
		delete(l.pending, method)
	}
	return rule, true
}

func (l *lostAnswers) any() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	return len(l.pending) > 0
}

// calledMethod is the first element of the body of a SOAP envelope.
var calledMethod = regexp.MustCompile(`<(?:\w+:)?Body[^>]*>\s*<(?:\w+:)?(\w+)`)

// loseOr performs a call whose answer is to be lost, and lets all others through.
func (l *lostAnswers) loseOr(handler http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/sdk" || !l.any() {
			handler.ServeHTTP(w, r)
			return
		}
		envelope, err := io.ReadAll(r.Body)
		if err != nil {
			panic(http.ErrAbortHandler)
		}
		r.Body = io.NopCloser(bytes.NewReader(envelope))
		found := calledMethod.FindSubmatch(envelope)
		if found == nil {
			handler.ServeHTTP(w, r)
			return
		}
		rule, lost := l.take(string(found[1]))
		if !lost {
			handler.ServeHTTP(w, r)
			return
		}
		handler.ServeHTTP(nowhere{header: make(http.Header)}, r)
		if rule.Hang {
			<-r.Context().Done()
		}
		panic(http.ErrAbortHandler)
	})
}

// nowhere takes an answer and forgets it.
type nowhere struct {
	header http.Header
}

func (n nowhere) Header() http.Header               { return n.header }
func (n nowhere) Write(portion []byte) (int, error) { return len(portion), nil }
func (n nowhere) WriteHeader(int)                   {}

// loseAnswer answers POST /lose-answer: the next answers of a method are lost after the work was done.
func (c *control) loseAnswer(r *http.Request) (any, error) {
	rule, err := decode(r, lostAnswerBody{Count: 1})
	if err != nil {
		return nil, err
	}
	if rule.Method == "" || rule.Count < 1 {
		return nil, badRequest("which method, and how often?")
	}
	c.peer.lostAnswers.add(rule)
	return rule, nil
}
