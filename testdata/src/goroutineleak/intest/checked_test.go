package intest

import "testing"

// Equal is how the project's tests compare; some want more than that.
var Equal = equal

func init() {
	if testing.CoverMode() != "" {
		Equal = func(testing.TB, int, int) {}
	}
}

func equal(tb testing.TB, got, want int) {
	if got != want {
		tb.Errorf("got %d, want %d", got, want)
	}
}

// Numbers counts until it is told to stop.
type numbers struct {
	out  chan int
	stop chan struct{}
}

func newNumbers() *numbers {
	n := &numbers{out: make(chan int), stop: make(chan struct{})}
	go func() {
		for i := 0; ; i++ {
			select { // want "select blocks for ever: no case can ever proceed"
			case n.out <- i:
			case <-n.stop:
				return
			}
		}
	}()
	return n
}

func (n *numbers) close() { close(n.stop) }

// Who gets the test does nothing to what others gave its Cleanup.
func TestNumbers(t *testing.T) {
	n := newNumbers()
	Equal(t, <-n.out, 0)
	t.Cleanup(n.close)
	Equal(t, <-n.out, 1)
}

// Nor does he end what nobody gave it.
func TestNumbersAgain(t *testing.T) {
	n := newNumbers()
	Equal(t, <-n.out, 0)
	if n.stop == nil {
		t.Cleanup(n.close)
	}
	Equal(t, <-n.out, 1)
}
