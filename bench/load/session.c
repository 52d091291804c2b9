#include "session.h"

#include <inttypes.h>
#include <linux/tcp.h>
#include <netinet/in.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>

#include <iscsi/iscsi.h>
#include <iscsi/scsi-lowlevel.h>

#define INITIATOR "iqn.2026-11.org.lunaria:bench"
#define BHS_BYTES 48

/* How often a random place is looked for that no command is busy with. */
#define CLAIM_ATTEMPTS 1000

/* A command under way, and its data. */
struct slot {
    struct session *session;
    struct phase *phase;
    unsigned char *data;
    struct scsi_iovec vector;
    uint64_t begun_ns;
    uint64_t offset;
    bool reads;
    bool early; /* waits for its time */
};

struct session {
    const struct options *options;
    struct iscsi_context *iscsi;
    int lun;
    uint32_t lba_bytes;
    uint64_t capacity;
    uint64_t random;
    uint64_t begin, end, next;
    unsigned under_way;
    struct slot *slots;
};

uint64_t now_ns(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000000u + (uint64_t)now.tv_nsec;
}

static struct iscsi_context *context(const struct options *options, struct iscsi_url **url)
{
    struct iscsi_context *iscsi = iscsi_create_context(INITIATOR);

    if (iscsi == NULL)
        fail("no memory for a session");
    *url = iscsi_parse_full_url(iscsi, options->url);
    if (*url == NULL)
        fail("%s", iscsi_get_error(iscsi));
    iscsi_set_targetname(iscsi, (*url)->target);
    iscsi_set_session_type(iscsi, ISCSI_SESSION_NORMAL);
    iscsi_set_header_digest(iscsi, options->header_digest ? ISCSI_HEADER_DIGEST_CRC32C : ISCSI_HEADER_DIGEST_NONE);
    iscsi_set_noautoreconnect(iscsi, 1);
    return iscsi;
}

void login_once(const struct options *options)
{
    struct iscsi_url *url;
    struct iscsi_context *iscsi = context(options, &url);

    if (iscsi_connect_sync(iscsi, url->portal) != 0 || iscsi_login_sync(iscsi) != 0 || iscsi_logout_sync(iscsi) != 0)
        fail("login: %s", iscsi_get_error(iscsi));
    iscsi_destroy_url(url);
    iscsi_destroy_context(iscsi);
}

static uint64_t bytes_received(struct iscsi_context *iscsi)
{
    struct tcp_info info = {0};
    socklen_t length = sizeof info;

    if (getsockopt(iscsi_get_fd(iscsi), IPPROTO_TCP, TCP_INFO, &info, &length) != 0)
        fail("the kernel does not tell how many bytes came");
    return info.tcpi_bytes_received;
}

/* libiscsi does not tell what was agreed on, but an answer without data is 48 bytes long, or 52 with a digest. */
static void require_header_digest(struct session *session)
{
    uint64_t before = bytes_received(session->iscsi);
    struct scsi_task *task = iscsi_testunitready_sync(session->iscsi, session->lun);

    if (task == NULL || task->status != SCSI_STATUS_GOOD)
        fail("TEST UNIT READY: %s", iscsi_get_error(session->iscsi));
    scsi_free_scsi_task(task);
    if (bytes_received(session->iscsi) - before == BHS_BYTES)
        fail("the target did not agree to HeaderDigest=CRC32C");
}

static void read_capacity(struct session *session)
{
    struct scsi_task *task = iscsi_readcapacity16_sync(session->iscsi, session->lun);
    struct scsi_readcapacity16 *capacity;

    if (task == NULL || task->status != SCSI_STATUS_GOOD)
        fail("READ CAPACITY (16): %s", iscsi_get_error(session->iscsi));
    capacity = scsi_datain_unmarshall(task);
    if (capacity == NULL)
        fail("READ CAPACITY (16) gave too little");
    session->lba_bytes = capacity->block_length;
    session->capacity = (capacity->returned_lba + 1) * capacity->block_length;
    scsi_free_scsi_task(task);
}

/* Random bytes, so that nothing in the way can take them for zeroes. */
static void make_slots(struct session *session)
{
    session->slots = calloc(session->options->depth, sizeof *session->slots);
    if (session->slots == NULL)
        fail("no memory for a session");
    for (unsigned at = 0; at < session->options->depth; at++) {
        struct slot *slot = &session->slots[at];

        slot->session = session;
        slot->data = aligned_alloc(4096, session->options->block);
        if (slot->data == NULL)
            fail("no memory for the data of a command");
        for (uint32_t byte = 0; byte < session->options->block; byte += sizeof(uint64_t)) {
            uint64_t word = random_next(&session->random);
            memcpy(slot->data + byte, &word, sizeof word);
        }
    }
}

struct session *session_open(const struct options *options, unsigned number)
{
    struct session *session = calloc(1, sizeof *session);
    struct iscsi_url *url;

    if (session == NULL)
        fail("no memory for a session");
    session->options = options;
    session->random = options->seed * SESSIONS_MAX + number;
    session->iscsi = context(options, &url);
    session->lun = url->lun;
    if (iscsi_full_connect_sync(session->iscsi, url->portal, url->lun) != 0)
        fail("%s: %s", options->url, iscsi_get_error(session->iscsi));
    iscsi_destroy_url(url);
    if (options->header_digest)
        require_header_digest(session);
    read_capacity(session);
    make_slots(session);
    return session;
}

void session_close(struct session *session)
{
    iscsi_logout_sync(session->iscsi);
    iscsi_destroy_context(session->iscsi);
    for (unsigned at = 0; at < session->options->depth; at++)
        free(session->slots[at].data);
    free(session->slots);
    free(session);
}

static uint64_t first_stamp(const struct slot *slot)
{
    return slot->offset / STAMP_BYTES;
}

static uint64_t stamp_count(const struct slot *slot)
{
    return slot->session->options->block / STAMP_BYTES;
}

/* Chooses the place of the next command; false when there is none for now. */
static bool choose(struct slot *slot)
{
    struct session *session = slot->session;
    struct stamps *stamps = slot->phase->stamps;
    uint32_t block = session->options->block;

    if (slot->phase->sequential) {
        if (session->next + block > session->end) {
            if (slot->phase->once)
                return false;
            session->next = session->begin;
        }
        slot->offset = session->next;
        session->next += block;
        return stamps == NULL || stamps_claim(stamps, first_stamp(slot), stamp_count(slot));
    }
    for (unsigned attempt = 0; attempt < CLAIM_ATTEMPTS; attempt++) {
        uint64_t place = random_next(&session->random) % ((session->end - session->begin) / block);

        slot->offset = session->begin + place * block;
        if (stamps == NULL || stamps_claim(stamps, first_stamp(slot), stamp_count(slot)))
            return true;
    }
    return false;
}

static void command_done(struct iscsi_context *iscsi, int status, void *command_data, void *private_data);

static void require_sent(const struct session *session, const struct scsi_task *task)
{
    if (task == NULL)
        fail("a command could not be sent: %s", iscsi_get_error(session->iscsi));
}

static void begin(struct slot *slot)
{
    struct session *session = slot->session;
    const struct options *options = session->options;
    uint64_t lba;
    struct scsi_task *task;

    if (slot->phase->ending)
        return;
    slot->early = slot->phase->pace.per_second > 0 && !pace_admits(&slot->phase->pace, now_ns());
    if (slot->early || !choose(slot))
        return;
    slot->reads = random_next(&session->random) % 100 < slot->phase->read_share;
    slot->vector = (struct scsi_iovec){slot->data, options->block};
    if (!slot->reads && slot->phase->stamps != NULL)
        stamps_write(slot->phase->stamps, first_stamp(slot), stamp_count(slot), slot->data);
    lba = slot->offset / session->lba_bytes;
    slot->begun_ns = now_ns();
    if (slot->reads)
        task = iscsi_read16_iov_task(session->iscsi, session->lun, lba, options->block, (int)session->lba_bytes, 0, 0,
                                     0, 0, 0, command_done, slot, &slot->vector, 1);
    else
        task = iscsi_write16_iov_task(session->iscsi, session->lun, lba, NULL, options->block,
                                      (int)session->lba_bytes, 0, 0, 0, 0, 0, command_done, slot, &slot->vector, 1);
    require_sent(session, task);
    session->under_way++;
}

static void complain(struct slot *slot, int status, const char *name)
{
    if (slot->phase->errors++ == 0)
        fprintf(stderr, "load: %s at byte %" PRIu64 " failed with status %d: %s\n", name, slot->offset, status,
                iscsi_get_error(slot->session->iscsi));
}

static void finish(struct slot *slot)
{
    if (slot->phase->measuring)
        histogram_add(&slot->phase->latencies, now_ns() - slot->begun_ns);
    if (slot->phase->stamps != NULL) {
        if (slot->reads)
            slot->phase->errors += stamps_check(slot->phase->stamps, first_stamp(slot), stamp_count(slot), slot->data);
        stamps_release(slot->phase->stamps, first_stamp(slot), stamp_count(slot));
    }
    slot->session->under_way--;
    begin(slot);
}

static void sync_done(struct iscsi_context *iscsi, int status, void *command_data, void *private_data)
{
    struct slot *slot = private_data;

    (void)iscsi;
    scsi_free_scsi_task(command_data);
    if (status != SCSI_STATUS_GOOD)
        complain(slot, status, "SYNCHRONIZE CACHE");
    finish(slot);
}

static void command_done(struct iscsi_context *iscsi, int status, void *command_data, void *private_data)
{
    struct slot *slot = private_data;
    const struct scsi_task *task = command_data;

    if (status != SCSI_STATUS_GOOD || task->residual_status != SCSI_RESIDUAL_NO_RESIDUAL)
        complain(slot, status, slot->reads ? "READ" : "WRITE");
    scsi_free_scsi_task(command_data);
    if (slot->session->options->sync) {
        require_sent(slot->session, iscsi_synchronizecache16_task(iscsi, slot->session->lun, 0, 0, 0, 0, sync_done, slot));
        return;
    }
    finish(slot);
}

uint64_t session_capacity(const struct session *session)
{
    return session->capacity;
}

void session_start(struct session *session, struct phase *phase, uint64_t from, uint64_t to)
{
    session->begin = from;
    session->end = to;
    session->next = from;
    for (unsigned at = 0; at < session->options->depth; at++) {
        session->slots[at].phase = phase;
        begin(&session->slots[at]);
    }
}

void session_resume(struct session *session)
{
    for (unsigned at = 0; at < session->options->depth; at++)
        if (session->slots[at].early)
            begin(&session->slots[at]);
}

unsigned session_load(const struct session *session)
{
    return session->under_way;
}

int session_socket(const struct session *session)
{
    return iscsi_get_fd(session->iscsi);
}

short session_events(const struct session *session)
{
    return (short)iscsi_which_events(session->iscsi);
}

/* What answers have caused is sent at once, without asking poll: the socket nearly always has room. */
void session_serve(struct session *session, short events)
{
    if (iscsi_service(session->iscsi, events) != 0
        || ((iscsi_which_events(session->iscsi) & POLLOUT) != 0 && iscsi_service(session->iscsi, POLLOUT) != 0))
        fail("the connection broke: %s", iscsi_get_error(session->iscsi));
}
