//go:build goexperiment.goroutineleakprofile

package drive

import (
	"context"
	"errors"
	"image"
	"io"
	"strings"
	"time"

	"example.com/corpus/closedchan/owner"
	"example.com/corpus/goroutineleak/collect"
	"example.com/corpus/goroutineleak/doublesend"
	"example.com/corpus/goroutineleak/ncast"
)

// server plays all kinds of peers; the one named "bad" fails.
type server string

func (s server) err() error { return execute(string(s)) }

func (s server) Get(context.Context, string) ([]byte, error) { return []byte(s), s.err() }

func (s server) Vote(int, string) bool { return s != "bad" }

func (s server) Run(string) (int, error) { return 0, s.err() }

func (s server) Close() error { return nil }

func (s server) Send(to, text string) error { return s.err() }

func (s server) Scale(name string, width int) ([]byte, error) { return nil, execute(name) }

// tardy has a line when nobody waits for it any more.
type tardy struct{}

func (tardy) Read(p []byte) (int, error) {
	time.Sleep(time.Minute)
	return copy(p, "line\n"), nil
}

func init() {
	pair[func(error) error]("closedchan/owner.Batch.end",
		func(err error) error { return owner.Upload(nil, func(*owner.Batch) error { return err }) },
		func(err error) error { return owner.UploadFixed(nil, func(*owner.BatchFixed) error { return err }) },
		func(f func(error) error) { f(nil); f(errBroken) })

	type copying = func(*owner.Feed, context.Context, func(string)) error
	twin[copying]((*owner.Feed).Copy, (*owner.Feed).CopyFixed, func(f copying) {
		feed := &owner.Feed{Open: func(name string) io.Reader {
			if name == "head" {
				return strings.NewReader("head\n")
			}
			return tardy{}
		}}
		f(feed, within(time.Second), func(string) {})
	})

	type fastest = func(context.Context, []ncast.Mirror, string) ([]byte, error)
	twin[fastest](ncast.Fastest, ncast.FastestFixed, func(f fastest) {
		f(background, nil, "a")
		f(background, []ncast.Mirror{server("a")}, "a")
		f(background, []ncast.Mirror{server("a"), server("b")}, "a")
	})

	type search = func(a, b, c *ncast.Replica, term string) []int
	twin[search](ncast.Search, ncast.SearchFixed, func(f search) {
		f(&ncast.Replica{}, &ncast.Replica{Delay: 1}, &ncast.Replica{Delay: time.Minute}, "go")
	})

	type elect = func([]ncast.Peer, int, string) bool
	twin[elect](ncast.Elect, ncast.ElectFixed, func(f elect) {
		f(nil, 1, "x")
		f([]ncast.Peer{server("bad"), server("bad")}, 1, "x")
		f([]ncast.Peer{server("a"), server("b")}, 1, "x")
	})

	type dial = func(context.Context, ncast.Dialer, ...string) (io.Closer, error)
	twin[dial](ncast.Dial, ncast.DialFixed, func(f dial) {
		d := func(_ context.Context, addr string) (io.Closer, error) {
			if addr == "bad" {
				time.Sleep(time.Minute)
			}
			return server(addr), execute(addr)
		}
		f(background, d)
		f(background, d, "bad")
		f(background, d, "a", "b", "bad")
	})

	type solve = func([]int, map[string]ncast.Strategy) (string, []int)
	twin[solve](ncast.Solve, ncast.SolveFixed, func(f solve) {
		same := func(p []int) []int { return p }
		f([]int{1}, nil)
		f([]int{1}, map[string]ncast.Strategy{"a": same, "b": same})
	})

	type first = func(func() int, ...func() int) int
	pair[first]("goroutineleak/ncast.First", ncast.First[int], ncast.FirstFixed[int], func(f first) {
		one := func() int { return 1 }
		f(one)
		f(one, one)
		f(one, one, one)
	})

	type guard = func(stop chan struct{}, probes ...func() error) error
	pair[guard]("goroutineleak/ncast.Watchdog.Guard",
		func(stop chan struct{}, probes ...func() error) error {
			return (&ncast.Watchdog{Probes: probes, Interval: time.Second}).Guard(stop)
		},
		func(stop chan struct{}, probes ...func() error) error {
			return (&ncast.WatchdogFixed{Probes: probes, Interval: time.Second}).Guard(stop)
		},
		func(f guard) {
			stop := make(chan struct{})
			time.AfterFunc(time.Minute, func() { close(stop) })
			fine, fail := func() error { return nil }, func() error { return errBroken }
			f(stop, fine, fail, fail)
			<-stop
		})

	type thumbs = func(collect.Scaler, []string, int) (map[string][]byte, error)
	twin[thumbs](collect.Thumbnails, collect.ThumbnailsFixed, func(f thumbs) {
		f(server(""), nil, 10)
		f(server(""), []string{"a", "b"}, 10)
		f(server(""), []string{"a", "bad", "c"}, 10)
	})

	type check = func(context.Context, []string, func(context.Context, string) error) error
	twin[check](collect.Check, collect.CheckFixed, func(f check) {
		probe := func(_ context.Context, url string) error { return execute(url) }
		f(background, []string{"a", "b"}, probe)
		f(background, []string{"a", "bad", "bad"}, probe)
	})

	type scatter = func(int, func(int) (collect.Stats, error)) (collect.Stats, error)
	twin[scatter](collect.Scatter, collect.ScatterFixed, func(f scatter) {
		f(3, func(id int) (s collect.Stats, err error) {
			if id == 1 {
				return s, errBroken
			}
			time.Sleep(time.Second)
			return s, nil
		})
	})

	type rows = func(*image.Gray, image.Rectangle) []uint8
	twin[rows](collect.Rows, collect.RowsFixed, func(f rows) {
		f(image.NewGray(image.Rect(0, 0, 1, 3)), image.Rect(0, 0, 1, 3))
	})

	type mapping = func([]string, int, func(string) (string, error)) ([]string, error)
	pair[mapping]("goroutineleak/collect.Map", collect.Map[string, string], collect.MapFixed[string, string], func(f mapping) {
		f([]string{"a", "b", "c"}, 0, echo)
		f([]string{"a", "bad", "c"}, 3, echo)
	})

	type crawl = func(links func(string) ([]string, error), n int) []string
	pair[crawl]("goroutineleak/collect.Crawler.Crawl",
		func(links func(string) ([]string, error), n int) []string {
			return (&collect.Crawler{Links: links, Max: n}).Crawl("/")
		},
		func(links func(string) ([]string, error), n int) []string {
			return (&collect.CrawlerFixed{Links: links, Max: n}).Crawl("/")
		},
		func(f crawl) {
			web := map[string][]string{"/": {"/a", "/b", "/c"}, "/a": {"/d", "/e"}}
			links := func(p string) ([]string, error) { return web[p], nil }
			f(links, 100)
			f(links, 3)
		})

	type deploy = func([]collect.Host, []string) error
	twin[deploy](collect.Deploy, collect.DeployFixed, func(f deploy) {
		f([]collect.Host{server("a"), server("b")}, []string{"stop", "start"})
		f([]collect.Host{server("a"), server("bad"), server("bad")}, []string{"stop", "start"})
	})

	type download = func(func(string) ([]byte, error), string) ([]byte, error)
	twin[download](doublesend.Download, doublesend.DownloadFixed, func(f download) {
		get := func(key string) ([]byte, error) { return nil, execute(key) }
		f(get, "a")
		f(get, "bad")
	})

	type batch = func(map[string]func() error) error
	pair[batch]("goroutineleak/doublesend.Batch", doublesend.Batch, doublesend.BatchFixed, func(f batch) {
		f(map[string]func() error{"a": func() error { return errBroken }})
		f(map[string]func() error{"a": nil})
	})

	type handshake = func(doublesend.Wire, int) error
	twin[handshake](doublesend.Handshake, doublesend.HandshakeFixed, func(f handshake) {
		f(hello{1, nil}, 1)
		f(hello{0, nil}, 1)
		f(hello{1, io.EOF}, 1)
	})

	type load = func([]string, func(string, int) error) (int, error)
	twin[load](doublesend.Import, doublesend.ImportFixed, func(f load) {
		f([]string{"a=1", "b=x", "c"}, func(string, int) error { return nil })
	})

	type eval = func(*doublesend.Expr) (int, error)
	twin[eval](doublesend.Evaluate, doublesend.EvaluateFixed, func(f eval) {
		one, zero := &doublesend.Expr{Value: 1}, &doublesend.Expr{}
		f(&doublesend.Expr{Op: '+', Left: one, Right: one})
		f(&doublesend.Expr{Op: '+', Left: one, Right: &doublesend.Expr{Op: '/', Left: one, Right: zero}})
	})

	type notify = func(doublesend.Mailer, string, string, func(string)) bool
	twin[notify](doublesend.Notify, doublesend.NotifyFixed, func(f notify) {
		f(server("a"), "me", "hi", func(string) {})
		f(server("bad"), "me", "hi", func(string) {})
	})
}

type hello struct {
	version int
	err     error
}

func (h hello) ReadHello() (doublesend.Hello, error) {
	return doublesend.Hello{Version: h.version}, h.err
}

func (h hello) WriteAck(int) error { return errors.ErrUnsupported }

func lines(s string) io.Reader { return strings.NewReader(s) }
