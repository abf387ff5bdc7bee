package cleanup

import (
	"net/http"
	"net/http/httptest"
	"os"
	"testing"
	"testing/synctest"
	"time"
)

func TestMain(m *testing.M) {
	go func() {
		time.Sleep(time.Minute)
		panic("the tests take too long")
	}()
	os.Exit(m.Run())
}

func start(t *testing.T) *Echo {
	t.Helper()
	e := Start()
	t.Cleanup(e.Close)
	return e
}

func TestAsk(t *testing.T) {
	e := start(t)
	if got := e.Ask("hello"); got != "hello" {
		t.Fatalf("Ask = %q", got)
	}
}

func TestParallel(t *testing.T) {
	e := start(t)
	for _, s := range []string{"a", "b", "c"} {
		t.Run(s, func(t *testing.T) {
			t.Parallel()
			if e.Ask(s) == "" {
				t.Error("no answer")
			}
		})
	}
}

func TestDeferred(t *testing.T) {
	e := Start()
	defer e.Close()
	answers := make(chan string, 1)
	go func() { answers <- e.Ask("hello") }()
	select {
	case got := <-answers:
		if got != "hello" {
			t.Errorf("Ask = %q", got)
		}
	case <-time.After(10 * time.Second):
		t.Fatal("no answer")
	}
}

func TestContext(t *testing.T) {
	done := make(chan struct{})
	go func() {
		defer close(done)
		<-t.Context().Done()
	}()
	t.Cleanup(func() { <-done })
}

func TestServer(t *testing.T) {
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		w.WriteHeader(http.StatusNoContent)
	}))
	t.Cleanup(srv.Close)
	codes := make(chan int, 2)
	for range 2 {
		go func() {
			resp, err := srv.Client().Get(srv.URL)
			if err != nil {
				codes <- 0
				return
			}
			resp.Body.Close()
			codes <- resp.StatusCode
		}()
	}
	for range 2 {
		if code := <-codes; code != http.StatusNoContent {
			t.Fatalf("status %d", code)
		}
	}
}

func TestBubble(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		e := Start()
		got := ""
		go func() { got = e.Ask("hello") }()
		synctest.Wait()
		e.Close()
		if got != "hello" {
			t.Errorf("Ask = %q", got)
		}
	})
}

func TestFatal(t *testing.T) {
	c := make(chan error, 1)
	go func() { c <- nil }()
	e := start(t)
	if e == nil {
		t.Fatal("no echo")
	}
	if err := <-c; err != nil {
		t.Fatal(err)
	}
}

func BenchmarkAsk(b *testing.B) {
	e := Start()
	b.Cleanup(e.Close)
	b.RunParallel(func(pb *testing.PB) {
		for pb.Next() {
			e.Ask("hello")
		}
	})
}
