package lifecycle

import (
	"fmt"
	"net/http"
	"sync"
)

// Admin serves the requests of an administrator.
type Admin struct {
	mux      *http.ServeMux
	shutdown chan struct{}
	reload   chan chan error
	once     sync.Once
}

// NewAdmin returns a server that has begun nothing yet. Two requests at the same
// time may both find that the end has not been asked for.
func NewAdmin() *Admin {
	a := &Admin{mux: http.NewServeMux(), shutdown: make(chan struct{}), reload: make(chan chan error)}
	a.mux.HandleFunc("/shutdown", a.end)
	a.mux.HandleFunc("/reload", a.again)
	return a
}

// ServeHTTP serves a request.
func (a *Admin) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.mux.ServeHTTP(w, r) }

// Ended is closed when the end was asked for.
func (a *Admin) Ended() <-chan struct{} { return a.shutdown }

// Reloads are the requests for new settings, each with a channel for the answer.
func (a *Admin) Reloads() <-chan chan error { return a.reload }

func (a *Admin) end(w http.ResponseWriter, _ *http.Request) {
	select {
	case <-a.shutdown:
		fmt.Fprintln(w, "ending already")
	default:
		fmt.Fprintln(w, "good bye")
		close(a.shutdown) // want "close of closed channel a.shutdown"
	}
}

func (a *Admin) again(w http.ResponseWriter, r *http.Request) {
	answer := make(chan error, 1)
	select {
	case a.reload <- answer:
	case <-r.Context().Done():
		return
	}
	select {
	case err := <-answer:
		fmt.Fprintln(w, err)
	case <-r.Context().Done():
	}
}

// AdminFixed serves the requests of an administrator.
type AdminFixed struct {
	mux      *http.ServeMux
	shutdown chan struct{}
	once     sync.Once
}

// NewAdminFixed returns a server that has begun nothing yet.
func NewAdminFixed() *AdminFixed {
	a := &AdminFixed{mux: http.NewServeMux(), shutdown: make(chan struct{})}
	a.mux.HandleFunc("/shutdown", a.end)
	return a
}

// ServeHTTP serves a request.
func (a *AdminFixed) ServeHTTP(w http.ResponseWriter, r *http.Request) { a.mux.ServeHTTP(w, r) }

// Ended is closed when the end was asked for.
func (a *AdminFixed) Ended() <-chan struct{} { return a.shutdown }

func (a *AdminFixed) end(w http.ResponseWriter, _ *http.Request) {
	a.once.Do(func() {
		fmt.Fprintln(w, "good bye")
		close(a.shutdown)
	})
}
