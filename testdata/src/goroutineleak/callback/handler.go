package callback

import (
	"bufio"
	"fmt"
	"net/http"
)

// Handler counts the words of what clients send, but refuses long texts.
func Handler(limit int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		words := make(chan string)
		go func() {
			defer close(words)
			s := bufio.NewScanner(r.Body)
			s.Split(bufio.ScanWords)
			for s.Scan() {
				words <- s.Text() // want "send on words blocks for ever"
			}
		}()
		n := 0
		for range words {
			if n++; n > limit {
				http.Error(w, "too long", http.StatusRequestEntityTooLarge)
				return
			}
		}
		fmt.Fprintln(w, n)
	})
}

// HandlerFixed counts the words of what clients send, but refuses long texts.
func HandlerFixed(limit int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		words := make(chan string)
		go func() {
			defer close(words)
			s := bufio.NewScanner(r.Body)
			s.Split(bufio.ScanWords)
			for s.Scan() {
				select {
				case words <- s.Text():
				case <-r.Context().Done():
					return
				}
			}
		}()
		n := 0
		for range words {
			if n++; n > limit {
				http.Error(w, "too long", http.StatusRequestEntityTooLarge)
				return
			}
		}
		fmt.Fprintln(w, n)
	})
}
