package underlock

import (
	"strings"
	"sync"
)

// Session sends commands and waits for their answers.
type Session struct {
	mu      sync.Mutex
	pending map[int]chan string
	last    int
	send    func(id int, cmd string)
}

// Open returns a session. The answers are those of the function that comes with it.
func Open(send func(id int, cmd string)) (*Session, func(id int, answer string)) {
	s := &Session{pending: map[int]chan string{}, send: send}
	return s, s.answer
}

func (s *Session) answer(id int, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.pending[id]; ok {
		delete(s.pending, id)
		c <- text
	}
}

// Do sends a command and returns its answer.
func (s *Session) Do(cmd string) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.last++
	id := s.last
	c := make(chan string, 1)
	s.pending[id] = c
	s.send(id, cmd)
	return <-c // want "receive from c blocks for ever"
}

// Chat sends the commands to an echo.
func Chat(cmds []string) []string {
	var reply func(int, string)
	s, reply := Open(func(id int, cmd string) {
		go reply(id, strings.ToUpper(cmd))
	})
	var out []string
	for _, c := range cmds {
		out = append(out, s.Do(c))
	}
	return out
}

// SessionFixed sends commands and waits for their answers.
type SessionFixed struct {
	mu      sync.Mutex
	pending map[int]chan string
	last    int
	send    func(id int, cmd string)
}

// OpenFixed returns a session. The answers are those of the function that comes with it.
func OpenFixed(send func(id int, cmd string)) (*SessionFixed, func(id int, answer string)) {
	s := &SessionFixed{pending: map[int]chan string{}, send: send}
	return s, s.answer
}

func (s *SessionFixed) answer(id int, text string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if c, ok := s.pending[id]; ok {
		delete(s.pending, id)
		c <- text
	}
}

// Do sends a command and returns its answer.
func (s *SessionFixed) Do(cmd string) string {
	s.mu.Lock()
	s.last++
	id := s.last
	c := make(chan string, 1)
	s.pending[id] = c
	s.mu.Unlock()
	s.send(id, cmd)
	return <-c
}

// ChatFixed sends the commands to an echo.
func ChatFixed(cmds []string) []string {
	var reply func(int, string)
	s, reply := OpenFixed(func(id int, cmd string) {
		go reply(id, strings.ToUpper(cmd))
	})
	var out []string
	for _, c := range cmds {
		out = append(out, s.Do(c))
	}
	return out
}
