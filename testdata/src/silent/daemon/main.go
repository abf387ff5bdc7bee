// Command daemon serves until it is told to end.
package main

import (
	"context"
	"flag"
	"io"
	"log"
	"net/http"
	"os"
	"os/signal"
	"time"
)

var (
	addr  = flag.String("addr", "localhost:0", "address to listen on")
	every = flag.Duration("report", time.Minute, "interval between reports")
)

func main() {
	flag.Parse()
	stats := make(chan int)
	go collect(stats)
	go report(*every)

	srv := &http.Server{Addr: *addr, Handler: handler(stats)}
	failed := make(chan error)
	go func() { failed <- srv.ListenAndServe() }()

	quit := make(chan os.Signal, 1)
	signal.Notify(quit, os.Interrupt)
	select {
	case err := <-failed:
		log.Fatal(err)
	case <-quit:
	}
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if err := srv.Shutdown(ctx); err != nil {
		log.Print(err)
	}
}

// collect adds up what was served. It ends with the process.
func collect(stats <-chan int) {
	total := 0
	for n := range stats {
		total += n
		if total > 1<<30 {
			log.Print("that was a lot")
			total = 0
		}
	}
}

func report(every time.Duration) {
	for {
		time.Sleep(every)
		log.Print("still there")
	}
}

func handler(stats chan<- int) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		n, err := io.WriteString(w, "hello\n")
		if err != nil {
			return
		}
		select {
		case stats <- n:
		case <-r.Context().Done():
		}
	})
}
