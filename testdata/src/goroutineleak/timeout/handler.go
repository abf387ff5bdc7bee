package timeout

import (
	"context"
	"net/http"
	"time"
)

// Handler serves the report that build makes, or an excuse.
func Handler(build func(id string) ([]byte, error), limit time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id := r.URL.Query().Get("id")
		if id == "" {
			http.Error(w, "id is missing", http.StatusBadRequest)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		reports := make(chan []byte)
		go func() {
			report, err := build(id)
			if err != nil {
				report = []byte("error: " + err.Error())
			}
			reports <- report // want "send on reports blocks for ever"
		}()
		select {
		case report := <-reports:
			w.Header().Set("Content-Type", "text/plain")
			w.Write(report)
		case <-ctx.Done():
			http.Error(w, "the report takes longer", http.StatusGatewayTimeout)
		}
	}
}

// HandlerFixed serves the report that build makes, or an excuse.
func HandlerFixed(build func(id string) ([]byte, error), limit time.Duration) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		id := r.URL.Query().Get("id")
		if id == "" {
			http.Error(w, "id is missing", http.StatusBadRequest)
			return
		}
		ctx, cancel := context.WithTimeout(r.Context(), limit)
		defer cancel()
		reports := make(chan []byte, 1)
		go func() {
			report, err := build(id)
			if err != nil {
				report = []byte("error: " + err.Error())
			}
			reports <- report
		}()
		select {
		case report := <-reports:
			w.Header().Set("Content-Type", "text/plain")
			w.Write(report)
		case <-ctx.Done():
			http.Error(w, "the report takes longer", http.StatusGatewayTimeout)
		}
	}
}
