package callbacks

import (
	"sync"
	"testing"
	"time"
)

func TestServe(t *testing.T) {
	if got := Serve(); len(got) != 2 {
		t.Errorf("got %v", got)
	}
}

func TestDial(t *testing.T) {
	if err := Dial(); err == nil {
		t.Error("no error")
	}
}

func TestNext(t *testing.T) {
	go func() {
		for {
			Happens(1)
			time.Sleep(time.Millisecond)
		}
	}()
	if got := Next(); got != 1 {
		t.Errorf("got %d", got)
	}
}

func TestAll(t *testing.T) {
	if got := All(3); got != 100 {
		t.Errorf("got %d", got)
	}
}

func TestRaw(t *testing.T) {
	c := &Conn{}
	c.Raw(func() error { return nil })
	if !c.closed {
		t.Error("open")
	}
	UseAny(&sync.Pool{New: func() any { return &Conn{} }})
}

func TestLoad(t *testing.T) {
	out := make(chan string, 2)
	Load([]string{"a", "b"}, func(s string) { out <- s })
	<-out
	<-out
}

func TestTold(t *testing.T) { Told() }

type direct struct{}

func (direct) Update(f func() error) error { return f() }

func TestCollectAll(t *testing.T) {
	CollectAll(&Store{tx: direct{}, dirty: map[string]bool{}}, []string{"a", "b"})
}

func BenchmarkCollect(b *testing.B) {
	s := &Store{tx: direct{}, dirty: map[string]bool{}}
	for b.Loop() {
		CollectAll(s, []string{"a", "b"})
	}
}
