package stopsignal

import (
	"io"
	"log"
	"net"
	"net/http"
)

// Serve serves HTTP until the server is closed, and calls ended then.
func Serve(l net.Listener, h http.Handler, ended func()) io.Closer {
	srv := &http.Server{Handler: h}
	done := make(chan struct{})
	go func() {
		if err := srv.Serve(l); err != nil {
			log.Print(err)
			return
		}
		close(done)
	}()
	go func() {
		<-done // want "receive from done blocks for ever"
		ended()
	}()
	return srv
}

// ServeFixed serves HTTP until the server is closed, and calls ended then.
func ServeFixed(l net.Listener, h http.Handler, ended func()) io.Closer {
	srv := &http.Server{Handler: h}
	done := make(chan struct{})
	go func() {
		defer close(done)
		if err := srv.Serve(l); err != nil {
			log.Print(err)
		}
	}()
	go func() {
		<-done
		ended()
	}()
	return srv
}
