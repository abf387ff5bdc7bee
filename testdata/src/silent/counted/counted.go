// Package counted answers questions over connections. How many there are, and
// what they say, is written in its tests.
package counted

import (
	"bufio"
	"fmt"
	"io"
	"net"
	"net/http"
	"strings"
)

// Ask sends a question with a number, and skips the answers to others.
func Ask(conn net.Conn, id int, question string) (string, error) {
	if _, err := fmt.Fprintf(conn, "%d %s\n", id, question); err != nil {
		return "", err
	}
	buf := make([]byte, 64)
	for {
		n, err := conn.Read(buf)
		if err != nil {
			return "", err
		}
		got, text, ok := strings.Cut(string(buf[:n]), " ")
		if ok && got == fmt.Sprint(id) {
			return text, nil
		}
	}
}

// Lines has a function called for each line, to the one that says the end.
func Lines(r io.Reader, line func(string)) error {
	in := bufio.NewReader(r)
	for {
		s, err := in.ReadString('\n')
		if err != nil {
			return err
		}
		if s == "end\n" {
			return nil
		}
		line(s)
	}
}

// answer stands for what a server sends back.
type answer struct{ c chan io.Reader }

func (a *answer) Read(p []byte) (int, error) {
	r, ok := <-a.c
	if !ok {
		return 0, io.EOF
	}
	return r.Read(p)
}

// sink is a connection that keeps what is written and answers on demand.
type sink struct {
	net.Conn
	io.Writer
	*answer
}

func (s *sink) Read(p []byte) (int, error)  { return s.answer.Read(p) }
func (s *sink) Write(p []byte) (int, error) { return s.Writer.Write(p) }
func (s *sink) Close() error                { return nil }

// Dump tells what a transport would send: the connection that it dials is one
// that it gets from a function.
func Dump(req *http.Request) (string, error) {
	var sent strings.Builder
	a := &answer{c: make(chan io.Reader)}
	t := &http.Transport{
		Dial: func(string, string) (net.Conn, error) { return &sink{Writer: &sent, answer: a}, nil },
	}
	defer t.CloseIdleConnections()
	quit := make(chan struct{})
	go func() {
		select {
		case a.c <- strings.NewReader("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n"):
		case <-quit:
			close(a.c)
		}
	}()
	if _, err := t.RoundTrip(req); err != nil {
		close(quit)
		return "", err
	}
	return sent.String(), nil
}
