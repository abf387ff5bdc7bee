package counted

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
)

// The first answer is for somebody else, so the second is read too.
func TestAsk(t *testing.T) {
	c, s := net.Pipe()
	go func() {
		buf := make([]byte, 64)
		if _, err := s.Read(buf); err != nil {
			t.Error(err)
			return
		}
		for _, id := range []int{7, 42} {
			if _, err := fmt.Fprintf(s, "%d yes", id); err != nil {
				t.Error(err)
				return
			}
		}
	}()
	if got, err := Ask(c, 42, "ready?"); err != nil || got != "yes" {
		t.Fatalf("got %q, %v", got, err)
	}
}

// The pipe carries as many lines as Lines asks for.
func TestLines(t *testing.T) {
	pr, pw := io.Pipe()
	go func() { io.WriteString(pw, "one\ntwo\nend\n") }()
	n := 0
	if err := Lines(pr, func(string) { n++ }); err != nil || n != 2 {
		t.Fatalf("got %d, %v", n, err)
	}
}

// The server is asked once, and greets once.
func TestGreet(t *testing.T) {
	testGreet(t, "hello")
}

func testGreet(t *testing.T, word string) {
	asked, seen := make(chan bool, 1), make(chan bool, 1)
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		asked <- true
		io.WriteString(w, word)
		seen <- true
	}))
	defer ts.Close()
	gate := make(chan bool)
	go func() {
		resp, err := ts.Client().Get(ts.URL)
		if err != nil {
			t.Error(err)
			return
		}
		<-gate
		resp.Body.Close()
	}()
	for range 2 {
		select {
		case <-asked:
			gate <- true
		case <-seen:
		}
	}
}

// One line of those that come says that there is no more to wait for.
func TestTrigger(t *testing.T) {
	gone := make(chan bool)
	ts := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		for i := range 3 {
			fmt.Fprintf(w, "line %d\n", i)
		}
	}))
	defer ts.Close()
	resp, err := ts.Client().Get(ts.URL)
	if err != nil {
		t.Fatal(err)
	}
	defer resp.Body.Close()
	in := bufio.NewReader(resp.Body)
	for {
		line, err := in.ReadString('\n')
		if err != nil {
			break
		}
		if strings.HasSuffix(line, "1\n") {
			close(gone)
		}
	}
	select {
	case <-gone:
	default:
		t.Error("no such line")
	}
}

func TestDump(t *testing.T) {
	req, err := http.NewRequest("GET", "http://example.invalid/", nil)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := Dump(req); err != nil {
		t.Fatal(err)
	}
}
