//go:build goexperiment.goroutineleakprofile

package drive

import (
	"context"
	"io"
	"time"

	"example.com/corpus/deadlock/explored/serviceloop"
	"example.com/corpus/goroutineleak/itself"
)

func init() {
	twin(serviceloop.Talk, serviceloop.TalkFixed, func(f func(...string) []string) { f("hello", "bye") })

	type upload = func([]string, time.Duration, func(context.Context, string) error) error
	twin[upload](serviceloop.UploadAll, serviceloop.UploadAllFixed, func(f upload) {
		put := func(ctx context.Context, file string) error { return execute(file) }
		f([]string{"a", "b", "c"}, time.Minute, put)
		f([]string{"a", "b", "c"}, 1500*time.Millisecond, put)
	})

	type write = func(io.Writer, ...string) error
	twin[write](serviceloop.WriteAll, serviceloop.WriteAllFixed, func(f write) {
		f(io.Discard, "a", "b")
		f(failingWriter{}, "a", "b")
	})

	twin(serviceloop.Fill, serviceloop.FillFixed, func(f func(int, []int) int) {
		f(10, []int{1, 2, 3})
		f(2, []int{1, 2, 3, 4, 5})
	})

	type stopper interface{ Stop() }
	type newGuard = func(time.Duration, int, func() error) stopper
	pair[newGuard]("goroutineleak/itself.Guard.Stop",
		func(d time.Duration, n int, f func() error) stopper { return itself.NewGuard(d, n, f) },
		func(d time.Duration, n int, f func() error) stopper { return itself.NewGuardFixed(d, n, f) },
		func(f newGuard) {
			f(time.Second, 1, func() error { return nil }).Stop()
			f(time.Second, 1, func() error { return errBroken })
		})

	twin(itself.Visit, itself.VisitFixed, func(f func(string, func(string) []string) []string) {
		f("/", func(string) []string { return nil })
		f("/", func(string) []string { return []string{"/a", "/b"} })
	})
}
