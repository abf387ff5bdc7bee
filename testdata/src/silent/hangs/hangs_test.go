package hangs

import (
	"bytes"
	"net"
	"net/http"
	"net/http/httptest"
	"sync"
	"testing"
)

func TestServe(t *testing.T) {
	done := make(chan uint16, 1)
	if err := Serve(bytes.NewReader([]byte{1, 2}), func(n uint16) {
		select {
		case done <- n:
		default:
		}
	}); err != nil {
		t.Log(err)
	}
	if n := <-done; n != 0x102 {
		t.Errorf("got %d", n)
	}
}

func TestServeSubtests(t *testing.T) {
	for _, n := range []byte{1, 2} {
		t.Run("sub", func(t *testing.T) {
			done := make(chan bool)
			var once sync.Once
			Serve(bytes.NewReader([]byte{0, n}), func(uint16) { once.Do(func() { close(done) }) })
			<-done
		})
	}
}

func TestFill(t *testing.T) {
	if n := len(Fill(nil)); n != 128 {
		t.Errorf("got %d", n)
	}
}

// What is not found is not sent: but all of these are.
func TestFind(t *testing.T) {
	for _, word := range []string{"a", "b"} {
		missing, found := make(chan string), make(chan string, 1)
		go func() {
			if s := Find(word, missing); s != "" {
				found <- s
			}
		}()
		select {
		case s := <-missing:
			t.Errorf("%s is missing", s)
		case <-found:
		}
	}
}

// One request is answered once, and so there is one to wait for.
func TestAnswered(t *testing.T) {
	asked := make(chan bool, 1)
	ts := httptest.NewServer(http.HandlerFunc(func(http.ResponseWriter, *http.Request) { asked <- true }))
	defer ts.Close()
	die, done := make(chan bool), make(chan bool)
	go func() {
		http.Get(ts.URL)
		<-die
		close(done)
	}()
	for {
		select {
		case <-asked:
			die <- true
		case <-done:
			return
		}
	}
}

// Who dials once is served once.
func TestAccept(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := NewServer(l)
	done, served := make(chan bool), make(chan bool)
	go func() {
		s.Accept(func(c net.Conn) error {
			served <- true
			return c.Close()
		})
		done <- true
	}()
	if _, err := net.Dial("tcp", l.Addr().String()); err != nil {
		t.Fatal(err)
	}
	<-served
	s.Close()
	<-done
}
