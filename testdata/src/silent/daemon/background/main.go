// Command background serves until it is killed: the context that main hands on has
// no end.
package main

import (
	"context"
	"fmt"
	"net"
	"net/http"
	"os"
)

// serve returns when the context ends, for others than main.
func serve(ctx context.Context) error {
	l, err := net.Listen("tcp", "localhost:0")
	if err != nil {
		return err
	}
	srv := &http.Server{Handler: http.NotFoundHandler()}
	go srv.Serve(l)
	defer srv.Close()
	<-ctx.Done()
	return ctx.Err()
}

func main() {
	if err := serve(context.Background()); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
