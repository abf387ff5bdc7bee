package notice

import "testing"

// The board's goroutine stays, which is no fault of a test: it has no way to end.
func TestBoard(t *testing.T) {
	b := NewBoard()
	heard := make(chan string)
	b.Listen(func(text string) { heard <- text })
	b.Post("hello")
	if text := <-heard; text != "hello" {
		t.Errorf("heard %s", text)
	}
}

// But the test's own goroutine is.
func TestListeners(t *testing.T) {
	heard := make(chan string)
	go func() {
		for {
			t.Log(<-heard) // want "receive from heard blocks for ever"
		}
	}()
	heard <- "hello"
}
