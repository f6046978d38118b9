// Package pgtest starts a private PostgreSQL server for the tests of one package, from the programs that Debian installs.
// It listens on a socket in its own folder only, keeps nothing, and ends with the test program.
package pgtest

import (
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"net/url"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"runtime"
	"slices"
	"strconv"
	"sync"
	"syscall"
	"testing"
	"time"

	_ "github.com/jackc/pgx/v5/stdlib" // the driver
)

// settings make the server quick and forgetful, and let it notice at once that a client was killed.
var settings = []string{"fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "max_connections=200",
	"client_connection_check_interval=100ms", "logging_collector=off"}

const startLimit = time.Minute

// server is the one server of the test program.
var server struct {
	once   sync.Once
	err    error
	dir    string
	stop   func()
	number int
	mu     sync.Mutex
}

// Main runs the tests and stops the server, if a test started one. It is the body of a package's TestMain.
func Main(m *testing.M) {
	code := m.Run()
	if server.stop != nil {
		server.stop()
	}
	os.Exit(code)
}

// Database makes an empty database and gives its address. Without PostgreSQL's programs the test fails, and is skipped
// under -short. The package's TestMain has to call Main.
func Database(t testing.TB) string {
	t.Helper()
	server.once.Do(func() { server.err = start() })
	if server.err != nil && testing.Short() {
		t.Skip(server.err)
	}
	if server.err != nil {
		t.Fatal(server.err)
	}
	server.mu.Lock()
	server.number++
	name := "test" + strconv.Itoa(server.number)
	server.mu.Unlock()
	if err := execute("postgres", "CREATE DATABASE "+name); err != nil {
		t.Fatal(err)
	}
	return address(name)
}

func address(database string) string {
	u := url.URL{Scheme: "postgres", User: url.User("jieli"), Path: "/" + database, RawQuery: url.Values{"host": {server.dir}}.Encode()}
	return u.String()
}

func execute(database, statement string) error {
	db, err := sql.Open("pgx", address(database))
	if err != nil {
		return err
	}
	defer func() { _ = db.Close() }()
	_, err = db.ExecContext(context.Background(), statement)
	return err
}

// Program is the path of one of PostgreSQL's programs of the newest installed version.
func Program(name string) (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/" + name)
	if err != nil || len(found) == 0 {
		return "", fmt.Errorf("PostgreSQL's %s is not installed: run `make test-deps`", name)
	}
	version := func(path string) int {
		n, _ := strconv.Atoi(filepath.Base(filepath.Dir(filepath.Dir(path))))
		return n
	}
	return slices.MaxFunc(found, func(a, b string) int { return version(a) - version(b) }), nil
}

func start() error {
	initdb, err := Program("initdb")
	if err != nil {
		return err
	}
	postgres, err := Program("postgres")
	if err != nil {
		return err
	}
	if server.dir, err = os.MkdirTemp("", "jieli-pg"); err != nil {
		return err
	}
	owner, err := serverUser(server.dir)
	if err != nil {
		return err
	}
	data := filepath.Join(server.dir, "data")
	prepare := command(owner, initdb, "-D", data, "-U", "jieli", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync")
	if out, err := prepare.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w\n%s", err, out)
	}
	args := []string{"-D", data, "-k", server.dir}
	for _, s := range settings {
		args = append(args, "-c", s)
	}
	return run(command(owner, postgres, args...))
}

// serverUser gives the folder to a user who is not root, since the server refuses to run as root; nil is the user who
// runs the tests.
func serverUser(dir string) (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	account, err := user.Lookup("postgres")
	if err != nil {
		account, err = user.Lookup("nobody")
	}
	if err != nil {
		return nil, err
	}
	uid, err := strconv.ParseUint(account.Uid, 10, 32)
	if err != nil {
		return nil, err
	}
	gid, err := strconv.ParseUint(account.Gid, 10, 32)
	if err != nil {
		return nil, err
	}
	return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, os.Chown(dir, int(uid), int(gid))
}

func command(owner *syscall.Credential, program string, args ...string) *exec.Cmd {
	c := exec.CommandContext(context.Background(), program, args...)
	c.Dir = server.dir
	c.Env = []string{"PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8"}
	// Should the tests be killed, the kernel ends the server.
	c.SysProcAttr = &syscall.SysProcAttr{Credential: owner, Pdeathsig: syscall.SIGQUIT}
	return c
}

// run starts the server and waits until it answers. The thread that starts a child with a death signal must live as long
// as the child, so one goroutine keeps it.
func run(c *exec.Cmd) error {
	var log bytes.Buffer
	c.Stdout, c.Stderr = &log, &log
	started, ended := make(chan error, 1), make(chan struct{})
	go func() {
		runtime.LockOSThread()
		err := c.Start()
		started <- err
		if err == nil {
			_ = c.Wait()
		}
		close(ended)
	}()
	if err := <-started; err != nil {
		return err
	}
	server.stop = func() {
		_ = c.Process.Signal(syscall.SIGQUIT)
		<-ended
		_ = os.RemoveAll(server.dir)
	}
	deadline := time.Now().Add(startLimit)
	for {
		err := execute("postgres", "SELECT 1")
		if err == nil {
			return nil
		}
		select {
		case <-ended:
			return fmt.Errorf("PostgreSQL did not start: %s", log.String())
		case <-time.After(50 * time.Millisecond):
		}
		if time.Now().After(deadline) {
			return fmt.Errorf("PostgreSQL does not answer: %w", err)
		}
	}
}
