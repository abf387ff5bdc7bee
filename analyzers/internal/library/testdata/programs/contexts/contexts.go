// Package contexts shows what becomes of goroutines that wait for contexts.
package contexts

import (
	"context"
	"errors"
	"os"
	"os/signal"
	"time"
)

func wait(ctx context.Context) {
	<-ctx.Done() // stuck: LostCancel, WithoutCancel
}

func Cancelled() {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	go wait(ctx)
}

func LostCancel() context.Context {
	ctx, cancel := context.WithCancel(context.Background())
	_ = cancel
	go wait(ctx)
	return ctx
}

func WithoutCancel() {
	ctx, cancel := context.WithCancel(context.Background())
	go wait(context.WithoutCancel(ctx))
	cancel()
}

func Deadline() {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	_ = cancel
	go wait(ctx)
}

type key struct{}

func Below() {
	ctx, cancel := context.WithCancelCause(context.Background())
	defer cancel(errors.New("over"))
	low, cancelLow := context.WithCancel(context.WithValue(ctx, key{}, 1))
	_ = cancelLow
	go wait(low)
}

func FromCaller(ctx context.Context) {
	low, cancel := context.WithCancel(ctx)
	_ = cancel
	go wait(low)
}

func Signals() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	_ = stop
	go wait(ctx)
}

// TimeoutRace leaves the sender alone when the deadline passes first.
func TimeoutRace(work func() int) (int, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	results := make(chan int)
	go func() {
		results <- work() // stuck: TimeoutRace
	}()
	select {
	case r := <-results:
		return r, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// TimeoutBoth lets the sender give up, too.
func TimeoutBoth(work func() int) (int, error) {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	results := make(chan int)
	go func() {
		select {
		case results <- work():
		case <-ctx.Done():
		}
	}()
	select {
	case r := <-results:
		return r, nil
	case <-ctx.Done():
		return 0, ctx.Err()
	}
}

// ErrAfterDone relies on Err not being nil once Done is closed.
func ErrAfterDone(jobs []func()) error {
	ctx, cancel := context.WithTimeout(context.Background(), time.Second)
	defer cancel()
	done := make(chan struct{})
	go func() {
		defer close(done)
		for ctx.Err() == nil {
			time.Sleep(time.Millisecond)
		}
	}()
	<-ctx.Done()
	if ctx.Err() == nil {
		select {} // cannot be
	}
	<-done
	return context.Cause(ctx)
}

// OnDone is woken by AfterFunc.
func OnDone(ctx context.Context) {
	woken := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { close(woken) })
	defer stop()
	<-woken
}

// Never has a context that is never done: no AfterFunc wakes it.
func Never() {
	woken := make(chan struct{})
	context.AfterFunc(context.Background(), func() { close(woken) })
	<-woken // stuck: Never
}
