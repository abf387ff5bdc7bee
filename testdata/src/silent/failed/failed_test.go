package failed

import (
	"strconv"
	"testing"
	"time"
)

func TestTimeout(t *testing.T) {
	c := make(chan int)
	go func() { c <- Double(1) }()
	select {
	case <-c:
	case <-time.After(time.Minute):
		t.Error("no answer")
	}
}

func TestFatal(t *testing.T) {
	c := make(chan int)
	go func() { c <- Double(1) }()
	if Double(2) != 4 {
		t.Fatal("wrong")
	}
	<-c
}

func check(t testing.TB, got, want int) {
	t.Helper()
	if got != want {
		t.Fatalf("got %d, want %d", got, want)
	}
}

func TestHelper(t *testing.T) {
	c := make(chan int)
	go func() { c <- Double(1) }()
	check(t, Double(2), 4)
	<-c
}

func TestSubtests(t *testing.T) {
	for _, n := range []int{1, 2} {
		t.Run("sub", func(t *testing.T) {
			done := make(chan bool)
			go func() {
				if Double(n) != 2*n {
					t.Errorf("Double(%d) is wrong", n)
					return
				}
				done <- true
			}()
			<-done
		})
	}
}

func must(n int, err error) int {
	if err != nil {
		panic(err)
	}
	return n
}

func parse(s string) (int, error) { return strconv.Atoi(s) }

func TestPanic(t *testing.T) {
	c := make(chan int)
	stop := make(chan bool)
	defer close(stop)
	go func() { c <- Double(1) }()
	if must(parse("4")) != Double(2) {
		t.Fatal("wrong")
	}
	<-c
}
